// Sleeps so many times, one minute each, and does nothing else.

for (let left = Number(process.argv[2]); left > 0; left--)
  await new Promise((resolve) => setTimeout(resolve, 60_000));
