"""Runs a program on a terminal of 24 lines and as many columns as asked for, and copies what it writes.

With a word as second argument, Ctrl-C is pressed once it has been written. Ends as the program ends.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, word, *command = sys.argv[1:]
child, master = pty.fork()
if child == 0:
    # The parent sets the size first.
    sys.stdin.readline()
    os.execv(command[0], command)
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
os.write(master, b"\n")
written = b""
while True:
    try:
        chunk = os.read(master, 65536)
    except OSError:
        # Linux says EIO once the other side is closed.
        break
    if not chunk:
        break
    written += chunk
    if word and word.encode() in written:
        os.write(master, b"\x03")
        word = ""
sys.stdout.buffer.write(written)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
