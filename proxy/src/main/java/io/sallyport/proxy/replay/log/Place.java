package io.sallyport.proxy.replay.log;

/** Where a record begins; lines count from 1. */
public record Place(String file, long line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
