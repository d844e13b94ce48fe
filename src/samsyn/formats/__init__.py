"""Read and write file formats, purely: bytes in, values and problems out."""
