#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A bad line to another network: line.py NAMESPACE NEAR FAR DELAY LOSS

A network device (TUN) with the address NEAR here and one with FAR in the network namespace. Each IP
packet that goes into one comes out of the other DELAY milliseconds later, up to half of that more or
less, so they overtake one another; LOSS of a hundred never come out. So it is the kernel's TCP that
has to notice, and to send again. Says "ready"; SIGTERM ends it with how many were lost."""
import ctypes
import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI, CLONE_NEWNET = 0x400454CA, 0x0001, 0x1000, 0x40000000


def enter(path):
    with open(path, "rb") as network:
        if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def device(address, peer):
    """A device of the network that this process is in, as a descriptor of its packets."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    name = fcntl.ioctl(descriptor, TUNSETIFF,
                       struct.pack("16sH22x", b"dafu%d", IFF_TUN | IFF_NO_PI))[:16]
    name = name.rstrip(b"\0").decode()
    for words in (["addr", "add", address, "peer", peer, "dev", name], ["link", "set", name, "up"]):
        subprocess.run(["ip", *words], check=True)
    return descriptor


class Line:
    def __init__(self, ends, delay, loss):
        self.other = {ends[0]: ends[1], ends[1]: ends[0]}
        self.delay, self.loss = delay, loss
        self.chance = random.Random(1)
        self.under_way = []  # (when, number, to, packet)
        self.sent = self.lost = 0

    def take(self, end):
        while True:
            try:
                packet = os.read(end, 65536)
            except BlockingIOError:
                return
            self.sent += 1
            if self.chance.random() < self.loss:
                self.lost += 1
                continue
            when = time.monotonic() + self.delay * self.chance.uniform(0.5, 1.5)
            heapq.heappush(self.under_way, (when, self.sent, self.other[end], packet))

    def give(self):
        while self.under_way and self.under_way[0][0] <= time.monotonic():
            _, _, to, packet = heapq.heappop(self.under_way)
            try:
                os.write(to, packet)
            except OSError:  # that network is gone, or full
                self.lost += 1

    def run(self):
        while True:
            wait = max(0, self.under_way[0][0] - time.monotonic()) if self.under_way else None
            for end in select.select(list(self.other), [], [], wait)[0]:
                self.take(end)
            self.give()


def main():
    namespace, near, far = sys.argv[1:4]
    delay, loss = float(sys.argv[4]) / 1000, float(sys.argv[5]) / 100
    near_end = device(near, far)
    enter("/run/netns/" + namespace)
    far_end = device(far, near)
    line = Line((near_end, far_end), delay, loss)

    def end(*_):
        print("lost %d of %d" % (line.lost, line.sent), flush=True)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    print("ready", flush=True)
    line.run()


main()
