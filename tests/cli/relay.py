#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A slow line to a server: relay.py PORT TO-HOST TO-PORT [SECONDS]. What comes is passed on 3 ms later,
or so many seconds, and one piece in fifty 200 ms later, as when a packet was lost and sent again."""
import asyncio
import random
import sys

port, host, to_port = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
later = float(sys.argv[4]) if len(sys.argv) > 4 else 0.003
chance = random.Random(1)


async def pass_on(reader, writer):
    while data := await reader.read(65536):
        await asyncio.sleep(0.2 if chance.random() < 0.02 else later)
        writer.write(data)
        await writer.drain()
    writer.close()


async def relay(reader, writer):
    try:
        far_reader, far_writer = await asyncio.open_connection(host, to_port)
        await asyncio.gather(pass_on(reader, far_writer), pass_on(far_reader, writer))
    except OSError:
        writer.close()


async def main():
    server = await asyncio.start_server(relay, "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
