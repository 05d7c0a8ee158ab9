# What customers see.
