package io.sallyport.proxy.it.honest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema update, sequences, batches, optimistic locks, bulk HQL and orphan removal. */
final class HibernateIT {
    /** A table named by keywords. */
    @Entity(name = "Customer")
    @Table(name = "\"delete\"")
    static class Customer {
        @Id
        @GeneratedValue
        Long id = 0L;

        @Version
        int version;

        String name = "";

        // With a table between the two, "update" drops and makes anew its unique constraint at every start.
        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        @JoinColumn(name = "customer")
        List<Purchase> purchases = new ArrayList<>();
    }

    @Entity(name = "Purchase")
    static class Purchase {
        @Id
        @GeneratedValue
        Long id = 0L;

        String what = "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?preferQueryMode=simple", "?reWriteBatchedInserts=true"})
    void creates_reads_updates_and_deletes(String parameters) {
        try (HonestPlace place = new HonestPlace();
                SessionFactory sessions = factory(place.url() + parameters, "update")) {
            sessions.inTransaction(session -> {
                for (int i = 0; i < 120; i++) {
                    Customer customer = new Customer();
                    customer.name = "name '" + i + "'; drop table x";
                    customer.purchases.add(new Purchase());
                    session.persist(customer);
                }
            });
            sessions.inTransaction(session -> {
                List<Customer> found = session.createQuery("from Customer c order by c.name", Customer.class)
                        .setFirstResult(10)
                        .setMaxResults(5)
                        .getResultList();
                found.forEach(customer -> customer.name = customer.name + " changed");
                found.get(0).purchases.clear();
                session.remove(found.get(1));
            });
            sessions.inTransaction(session -> {
                int changed = session.createMutationQuery("update Customer c set c.name = 'x' where c.id < 5")
                        .executeUpdate();
                int deleted = session.createMutationQuery("delete from Purchase p where p.what = 'nothing'")
                        .executeUpdate();
                assertThat(changed + deleted).isEqualTo(4);
            });
            assertThat(place.ask("SELECT count(*) FROM \"delete\"")).isEqualTo("119");
        }
    }

    @Test
    void validates_the_schema_that_it_made() {
        try (HonestPlace place = new HonestPlace()) {
            factory(place.url(), "update").close();
            factory(place.url(), "validate").close();
            factory(place.url(), "update").close();
        }
    }

    private static SessionFactory factory(String url, String schema) {
        return new Configuration()
                .addAnnotatedClass(Customer.class)
                .addAnnotatedClass(Purchase.class)
                .setProperty("hibernate.connection.url", url)
                .setProperty("hibernate.connection.username", "app")
                .setProperty("hibernate.hbm2ddl.auto", schema)
                .setProperty("hibernate.jdbc.batch_size", "30")
                .buildSessionFactory();
    }
}
