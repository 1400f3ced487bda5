"""Plays the EC2 API on a free port of 127.0.0.1.

Prints the port, then serves until its standard input ends: that is when the test that started it
ends, however it ends.
"""

import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
