package io.sallyport.proxy.demo;

import java.io.PrintWriter;
import java.nio.file.Path;

/** What a person reads who wants to try the demo by hand. */
final class DemoGuide {
    private DemoGuide() {}

    static void print(PrintWriter out, Endpoint proxy, String page, Path policy, Path audit, Path backup) {
        out.printf("""

                A shop with 200,000 users stands behind Sallyport, called production. Take two more terminals.

                  1  alice, who makes a mistake:    PGPASSWORD=alice psql -h %1$s -p %2$d -U alice shop
                  2  bob, the second person:        PGPASSWORD=bob psql -h %1$s -p %2$d -U bob shop

                alice types what cost 12,000 rows at 2 a.m., and it waits (Ctrl-C withdraws it):

                  DELETE FROM users WHERE created_at < '2024-01-01';

                bob looks, and decides; the code is in alice's notice and in the list:

                  SALLYPORT HOLDS;
                  SALLYPORT SHOW code;
                  SALLYPORT REJECT code 'environment = test is missing';
                  SALLYPORT APPROVE code;

                or on the page, signed in as bob with the password bob (alice has alice; nobody decides on what is theirs):

                  %5$s

                The DELETE was run once and rolled back: its notice says how many rows it would take, of orders too.

                DROP DATABASE production_db; is held while its last backup is younger than an hour; bob has to type its name
                (SALLYPORT APPROVE code TYPED 'production_db'), and there is a restore point before it runs. Say "finished_at"
                of six hours ago in backup.json, and it is refused.

                Then try TRUNCATE orders; or DO $$ BEGIN DELETE FROM orders; END $$;

                  policy     %3$s
                  audit log  %4$s
                  backups    %6$s

                Ctrl-C ends the demo and removes all of it.
                """, proxy.host(), proxy.port(), policy, audit, page, backup);
        out.flush();
    }
}
