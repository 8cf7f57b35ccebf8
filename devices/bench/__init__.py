"""The bench: simulators of all devices in one process, and the hand that lays cards, holds up codes and pulls out plugs."""
