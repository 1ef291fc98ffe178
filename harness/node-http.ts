// node:http without what an import of it brings along: the face that it shows to modules names undici, which is then loaded
// and takes longer than all that hour4 itself loads.

export const { Agent, createServer, request, Server } = process.getBuiltinModule('node:http');
