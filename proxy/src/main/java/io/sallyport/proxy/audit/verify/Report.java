package io.sallyport.proxy.audit.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a verification.
 *
 * @param files in the order of their lines
 * @param lines that are tied together as they were written
 * @param firstNumber the number of the first; 1 unless older files are missing
 * @param unchained lines from before the chain began, which nothing vouches for
 * @param torn halves of lines that killed processes left, and that the chain names
 * @param checkpoints all of them
 * @param proven how many of them carry a signature of a given key
 * @param signed how many carry any
 * @param uncovered lines after the last checkpoint that vouches for them
 * @param halfLineAtEnd whether the log ends in the middle of a line
 * @param findings the first that is wrong, and what of it does not hinder going on
 */
public record Report(
        List<String> files,
        long lines,
        long firstNumber,
        long lastNumber,
        @Nullable String firstAt,
        @Nullable String lastAt,
        long unchained,
        long torn,
        long checkpoints,
        long proven,
        long signed,
        long uncovered,
        boolean halfLineAtEnd,
        List<Finding> findings) {
    public boolean intact() {
        return findings.isEmpty();
    }

    Report with(List<Finding> others) {
        return new Report(
                files,
                lines,
                firstNumber,
                lastNumber,
                firstAt,
                lastAt,
                unchained,
                torn,
                checkpoints,
                proven,
                signed,
                uncovered,
                halfLineAtEnd,
                List.copyOf(others));
    }
}
