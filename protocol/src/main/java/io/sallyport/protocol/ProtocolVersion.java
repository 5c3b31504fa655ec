package io.sallyport.protocol;

/** The version word of a StartupMessage: major in the high 16 bits, minor in the low 16. */
public record ProtocolVersion(int major, int minor) {
    public static final ProtocolVersion V3_0 = new ProtocolVersion(3, 0);
    public static final ProtocolVersion V3_2 = new ProtocolVersion(3, 2);

    public static ProtocolVersion of(int word) {
        return new ProtocolVersion(word >>> 16, word & 0xffff);
    }

    public int word() {
        return major << 16 | minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
