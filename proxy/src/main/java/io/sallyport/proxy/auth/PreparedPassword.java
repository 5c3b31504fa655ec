package io.sallyport.proxy.auth;

import java.net.IDN;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Passwords as SCRAM hashes them: SASLprep (RFC 4013). Where a password is not allowed there, the server and libpq take
 * its bytes as they are (pg_saslprep), and so does this.
 */
final class PreparedPassword {
    private static final Pattern SPACES = Pattern.compile("[\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000]");
    private static final Pattern NOTHING =
            Pattern.compile("[\\u00ad\\u034f\\u1806\\u180b-\\u180d\\u200c\\u200d\\u2060\\ufe00-\\ufe0f\\ufeff]");
    private static final Pattern PROHIBITED = Pattern.compile(
            "[\\p{Cc}\\p{Co}\\p{Cs}\\p{Cn}\\u06dd\\u070f\\u180e\\u2028"
                    + "\\u2029\\u2061-\\u2063\\u206a-\\u206f\\ufff9-\\uffff\\u2ff0-\\u2ffb\\u0340\\u0341\\u200e\\u200f\\u202a-\\u202e]");

    private PreparedPassword() {}

    static byte[] of(String password) {
        if (password.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return Hashes.utf8(password);
        }
        String mapped =
                NOTHING.matcher(SPACES.matcher(password).replaceAll(" ")).replaceAll("");
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean refused = normal.isEmpty()
                || PROHIBITED.matcher(normal).find()
                || normal.codePoints().anyMatch(PreparedPassword::younger)
                || mixesDirections(normal);
        return Hashes.utf8(refused ? password : normal);
    }

    /** RFC 3454, A.1: a letter that Unicode 3.2 did not have. The JDK knows them by the names of hosts, which are prepared alike. */
    private static boolean younger(int letter) {
        return letter > 0x7f && !inHostName(letter, 0) && inHostName(letter, IDN.ALLOW_UNASSIGNED);
    }

    private static boolean inHostName(int letter, int flags) {
        try {
            return !IDN.toASCII(Character.toString(letter), flags).isEmpty();
        } catch (IllegalArgumentException no) {
            return false;
        }
    }

    // RFC 3454, 6: with a letter from right to left there is none from left to right, and both ends are such letters.
    private static boolean mixesDirections(String text) {
        int[] letters = text.codePoints().toArray();
        boolean right = text.codePoints().anyMatch(PreparedPassword::rightToLeft);
        return right
                && (text.codePoints()
                                .anyMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT)
                        || !rightToLeft(letters[0])
                        || !rightToLeft(letters[letters.length - 1]));
    }

    private static boolean rightToLeft(int letter) {
        byte direction = Character.getDirectionality(letter);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
