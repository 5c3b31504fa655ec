package io.sallyport.proxy.check;

/** Line and column of an offset in a text, both from 1; moves forward only. */
final class Position {
    private final byte[] text;
    private int at;
    private long line = 1;
    private long column = 1;

    Position(byte[] text) {
        this.text = text;
    }

    void moveTo(int offset) {
        for (; at < offset; at++) {
            if (text[at] == '\n') {
                line++;
                column = 1;
            } else if ((text[at] & 0xc0) != 0x80) {
                column++;
            }
        }
    }

    long line() {
        return line;
    }

    long column() {
        return column;
    }
}
