package io.sallyport.proxy.console;

import io.sallyport.proxy.hold.HoldCode;
import java.util.List;

/** A {@code SALLYPORT …} statement, read; with the columns of its result, which are all of type text. */
public sealed interface ConsoleCommand {
    List<String> columns();

    record Status() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("item", "value");
        }
    }

    record ListHolds() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of(
                    "code",
                    "requester",
                    "database",
                    "application",
                    "client",
                    "rule",
                    "waiting",
                    "expires_in",
                    "statement");
        }
    }

    record Show(HoldCode code) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("item", "value");
        }
    }

    record Approve(HoldCode code) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("code", "state", "requester", "statement");
        }
    }

    record Reject(HoldCode code, String reason) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("code", "state", "requester", "statement");
        }
    }

    /** @param names as typed, case and all */
    record Confirm(List<String> names) implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("confirmed", "next", "statement");
        }
    }

    record Help() implements ConsoleCommand {
        @Override
        public List<String> columns() {
            return List.of("statement", "what_it_does");
        }
    }
}
