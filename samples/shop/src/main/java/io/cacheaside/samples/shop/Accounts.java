package io.cacheaside.samples.shop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is made of a customer's profile, settings and preferences. Whoever changes one of the three does not know what that is;
 * he invalidates the customer's tag.
 */
@Repository
public class Accounts {

    private static final String CUSTOMER = """
            select c.id, c.name, c.language, s.currency, s.newsletter, p.category, p.theme
            from customer c join settings s on s.customer = c.id join preferences p on p.customer = c.id
            where c.id = ?""";

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A customer's account; empty where there is no such customer. */
    @CacheAside(key = "account:#customer", ttl = "10m", tags = "customer:#customer")
    public Optional<Account> account(int customer) {
        return load(customer);
    }

    /** What a page greets a customer with in one of its parts. */
    @CacheAside(key = "greeting:#customer:#part", ttl = "1h", tags = "customer:#customer")
    public Optional<String> greeting(int customer, String part) {
        return load(customer)
                .map(account -> "%s, %s in %s"
                                .formatted(
                                        account.profile().name(),
                                        account.preferences().category(),
                                        account.settings().currency())
                        + " (" + part + ")");
    }

    private Optional<Account> load(int customer) {
        return jdbc.sql(CUSTOMER).param(customer).query(Accounts::row).optional();
    }

    private static Account row(ResultSet row, int number) throws SQLException {
        int id = row.getInt("id");
        return new Account(
                new Profile(id, row.getString("name"), row.getString("language")),
                new Account.Settings(id, row.getString("currency"), row.getBoolean("newsletter")),
                new Account.Preferences(id, row.getString("category"), row.getString("theme")));
    }

    /** Stores changed settings; false where there is no such customer. */
    @Transactional
    @Invalidate(tags = "customer:#changed.customer")
    public boolean change(Account.Settings changed) {
        return jdbc.sql("update settings set currency = ?, newsletter = ? where customer = ?")
                        .params(changed.currency(), changed.newsletter(), changed.customer())
                        .update()
                > 0;
    }

    /** Stores changed preferences; false where there is no such customer. */
    @Transactional
    @Invalidate(tags = "customer:#changed.customer")
    public boolean change(Account.Preferences changed) {
        return jdbc.sql("update preferences set category = ?, theme = ? where customer = ?")
                        .params(changed.category(), changed.theme(), changed.customer())
                        .update()
                > 0;
    }
}
