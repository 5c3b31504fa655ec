package io.sallyport.proxy.console;

import java.util.List;

/** Where a session takes the names that its requester types. */
public interface ConfirmPort {
    /**
     * Lets the batch that was refused for want of these names pass, once.
     *
     * @return its text
     * @throws ConsoleError where no batch waits for them, or for others
     */
    String confirm(List<String> names) throws ConsoleError;
}
