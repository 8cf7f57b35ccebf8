"""The scripted month: two hundred applications and forty complaints over thirty working days with a holiday, checked as it goes."""
