dafu-index status --index nowhere
