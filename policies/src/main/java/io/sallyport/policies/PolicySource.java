package io.sallyport.policies;

/** Where the files are that a policy includes; policies themselves read none. */
public interface PolicySource {
    /** A file, or why there is none. */
    sealed interface Included {
        /**
         * @param file its full name: one file has one, however it was asked for, so that it is read once
         * @param content as it stands on the disk, to be read as UTF-8
         */
        record Found(String file, byte[] content) implements Included {}

        /** @param why to follow the name in a message, such as "no such file" */
        record Missing(String why) implements Included {}
    }

    /** Has no files. */
    PolicySource NONE = (name, from) -> new Included.Missing("no files can be included here");

    /**
     * The file that {@code name} stands for.
     *
     * @param name as written behind {@code include}
     * @param from the file in which it is written, as {@link Included.Found#file} or the reader's caller calls it
     */
    Included find(String name, String from);
}
