// Where a command's words go, and what kind of reader sits there.

/** A stream with what is known of its reader. */
export interface Screen {
  write(text: string): void;
  /** Whether a line can be written over. */
  readonly rewrites: boolean;
  readonly color: boolean;
}

/** The two streams of a command. */
export interface Terminal {
  readonly stdout: Screen;
  readonly stderr: Screen;
}

/** The terminal of this process. NO_COLOR forbids colours, and CI wants lines that stay. */
export function processTerminal(env: Readonly<Record<string, string | undefined>>): Terminal {
  const screen = (stream: NodeJS.WriteStream): Screen => ({
    write: (text) => void stream.write(text),
    rewrites: stream.isTTY === true && isUnset(env.CI),
    color: stream.isTTY === true && isUnset(env.NO_COLOR),
  });
  return { stdout: screen(process.stdout), stderr: screen(process.stderr) };
}

const isUnset = (value: string | undefined) => value === undefined || value === '';
