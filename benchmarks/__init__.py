"""What the program promises of its speed, each promise measured beside a named peer: `python -m benchmarks`."""
