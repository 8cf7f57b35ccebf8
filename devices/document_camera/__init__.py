"""The document camera (高拍仪): papers found, judged, straightened and kept."""
