package io.sallyport.policies.rule;

import java.util.List;
import java.util.stream.Collectors;

/** A pattern in which {@code *} stands for any text and {@code ?} for one character. */
public record Glob(String pattern) {
    static boolean any(List<Glob> globs, String text) {
        for (int i = 0; i < globs.size(); i++) {
            if (globs.get(i).matches(text)) {
                return true;
            }
        }
        return false;
    }

    static String listed(List<Glob> globs) {
        return globs.stream().map(Glob::pattern).collect(Collectors.joining(" or "));
    }

    /** Linear but for a restart at the last star: no pattern makes it slow. */
    public boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
