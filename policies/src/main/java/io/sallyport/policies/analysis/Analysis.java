package io.sallyport.policies.analysis;

import java.util.List;

/**
 * What one string says.
 *
 * @param dependsOnConformingStrings a plain literal holds a backslash: the string reads differently with standard_conforming_strings
 * @param ascii no byte is 0x80 or above
 * @param structurePending some condition is unclear to the token readers and counts as {@link Where#PRESENT} until
 *     {@link SqlAnalyzer#complete} has looked at it
 */
public record Analysis(
        List<StatementFacts> statements, boolean dependsOnConformingStrings, boolean ascii, boolean structurePending) {
    public Analysis {
        statements = List.copyOf(statements);
    }
}
