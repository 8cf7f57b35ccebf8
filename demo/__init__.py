"""The demonstration: the whole product with simulated devices on real bytes, for a person to try or for scripted citizens to walk."""
