package io.sallyport.proxy.token;

/**
 * What decides in a session, beside the text of a statement, what it does; as its server says.
 *
 * @param actsAs current_user
 * @param searchPath the setting
 * @param reading the settings by which the server reads values in texts
 * @param ownPath whether it is what the role's login begins with: neither the session nor its start-up packet set it
 */
public record Surroundings(String actsAs, String searchPath, boolean ownPath, String reading) {
    /** Whether the settings that change what an expression means are as they are everywhere; for who has not said which they are to be. */
    boolean readsPlainly() {
        return reading.contains("transform_null_equals=off") && !reading.contains("backslash_quote=on");
    }
}
