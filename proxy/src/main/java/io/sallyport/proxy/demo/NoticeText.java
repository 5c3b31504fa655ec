package io.sallyport.proxy.demo;

import java.sql.SQLWarning;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** A notice as psql prints it. */
final class NoticeText {
    private NoticeText() {}

    static String of(SQLWarning warning) {
        ServerErrorMessage server = warning instanceof PSQLWarning w ? w.getServerErrorMessage() : null;
        if (server == null) {
            return "NOTICE:  " + warning.getMessage();
        }
        StringBuilder text = new StringBuilder(server.getSeverity() + ":  " + server.getMessage());
        if (server.getDetail() != null) {
            text.append("\nDETAIL:  ").append(server.getDetail());
        }
        if (server.getHint() != null) {
            text.append("\nHINT:  ").append(server.getHint());
        }
        return text.toString();
    }
}
