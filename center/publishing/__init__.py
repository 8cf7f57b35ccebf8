"""What the center makes public: items and their guides as staff edit them, notices (公示), and the working calendar's years."""
