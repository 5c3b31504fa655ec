package io.sallyport.proxy.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.FutureTask;

/** A person's psql: one connection, whose prompts, notices and answers go to the transcript. */
final class Terminal implements AutoCloseable {
    private final String who;
    private final String database;
    private final Connection connection;
    private final Transcript transcript;

    Terminal(String who, String database, Connection connection, Transcript transcript) {
        this.who = who;
        this.database = database;
        this.connection = connection;
        this.transcript = transcript;
    }

    /** Types a statement and waits for its answer. */
    Answer ask(String sql) throws SQLException {
        prompt(sql);
        try (Statement statement = connection.createStatement()) {
            Answer answer = AnswerReader.run(statement, sql);
            for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                show(NoticeText.of(notice));
            }
            show(answer);
            return answer;
        }
    }

    /** Types a statement and leaves it waiting, so that others can act meanwhile. */
    WaitingStatement type(String sql) throws SQLException {
        prompt(sql);
        Statement statement = connection.createStatement();
        FutureTask<Answer> answer = new FutureTask<>(() -> AnswerReader.run(statement, sql));
        Thread thread = new Thread(answer, "demo-" + who);
        thread.setDaemon(true);
        thread.start();
        return new WaitingStatement(statement, answer, this);
    }

    private void prompt(String sql) {
        transcript.line(who, database + "=> " + sql + ";");
    }

    void show(String text) {
        transcript.line(who, text);
    }

    void show(Answer answer) {
        if (answer.error() != null) {
            show("ERROR:  " + String.join("\n", answer.error().text()) + "\nSQLSTATE "
                    + answer.error().sqlState());
        } else if (answer.rows() != null) {
            show(TextTable.render(answer.rows()));
        } else {
            show("OK, " + answer.changed() + " rows changed");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
