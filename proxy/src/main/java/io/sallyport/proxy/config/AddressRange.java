package io.sallyport.proxy.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Addresses that share their first bits, as in 10.0.0.0/8; a single address is a range of one. */
public record AddressRange(InetAddress address, int bits) {
    /**
     * @throws IllegalArgumentException when it is no address, or has bits set behind its prefix
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (literal == null) {
            throw new IllegalArgumentException("\"" + text + "\" is no IP address or range of them");
        }
        int most = literal.length * 8;
        String prefix = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > most) {
            throw new IllegalArgumentException("\"" + text + "\" needs a prefix from /0 to /" + most);
        }
        try {
            AddressRange range = new AddressRange(InetAddress.getByAddress(literal), Integer.parseInt(prefix));
            for (int bit = range.bits; bit < most; bit++) {
                if (bit(literal, bit)) {
                    throw new IllegalArgumentException("\"" + text + "\" has bits set behind its prefix");
                }
            }
            return range;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<AddressRange> parseList(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(AddressRange::parse)
                        .toList();
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (bit(mine, i) != bit(theirs, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / 8] >> (7 - index % 8) & 1) == 1;
    }
}
