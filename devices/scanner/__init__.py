"""The code scanner: QR codes and barcodes from a camera or a serial scan engine."""
