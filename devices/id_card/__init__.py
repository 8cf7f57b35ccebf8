"""The ID card reader: GA 450 frames, the four layouts of card text, the driver, and a simulator of the reader."""
