//! What the deploy engine asks of an EC2-like cloud: calls, replies and errors as plain data.
