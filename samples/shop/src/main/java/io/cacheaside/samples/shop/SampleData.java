package io.cacheaside.samples.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * The shop's tables, filled with the same rows at every start: many reviews for the first products, few for the last.
 *
 * @param products number of products, with the ids 1, 2, 3…
 * @param reviews number of reviews of all of them
 */
public record SampleData(int products, int reviews) {

    /** What the shop has unless told otherwise. */
    public static final SampleData DEFAULT = new SampleData(20_000, 1_000_000);

    private static final int ROWS_PER_COMMIT = 1_000;

    private static final String TABLES = """
            create table product (
              id int primary key, name varchar(60) not null, category varchar(20) not null,
              price decimal(10, 2) not null, version int default 1 not null);
            create table review (
              id int primary key, product_id int not null, rating tinyint not null, helpful int not null,
              author varchar(20) not null, written date not null, text varchar(200) not null);
            create index review_of_product on review (product_id, helpful desc);
            create table customer (id int primary key, name varchar(60) not null, language varchar(5) not null);
            create table settings (
              customer int primary key, currency varchar(3) not null, newsletter boolean not null);
            create table preferences (customer int primary key, category varchar(20) not null, theme varchar(10) not null);
            create table session (token varchar(36) primary key, customer int not null, begun timestamp not null);
            create table post (id int generated always as identity primary key, maker int not null, text varchar(200) not null);
            create table follower (maker int, customer int, primary key (maker, customer));
            create table configuration (name varchar(40) primary key, text varchar(200) not null);
            insert into customer select x, 'Customer ' || x, 'en' from system_range(1, 1000);
            insert into settings select id, 'EUR', false from customer;
            insert into preferences select id, 'Living', 'light' from customer;
            insert into configuration values ('currency', 'EUR'), ('free-delivery-from', '60')""";

    private static final String PRODUCTS = """
            insert into product (id, name, category, price)
            select x,
              array['Brass', 'Oak', 'Linen', 'Copper', 'Walnut', 'Wool', 'Enamel'][1 + mod(x, 7)] || ' '
                || array['lamp', 'kettle', 'chair', 'blanket', 'clock', 'bowl', 'shelf', 'mirror',
                         'basket', 'stool', 'tray'][1 + mod(x, 11)] || ' No. ' || x,
              array['Living', 'Kitchen', 'Garden', 'Office', 'Bath'][1 + mod(x, 5)],
              cast(500 + mod(x * 7919, 9500) as decimal(10, 2)) / 100
            from system_range(1, ?)""";

    private static final String REVIEWS = """
            insert into review
            select x,
              1 + floor(? * power(cast(x - 1 as double precision) / ?, 2.5)),
              array[5, 4, 5, 3, 4, 5, 1, 4, 5, 2, 4][1 + mod(mod(x, 101) * mod(x, 13) + x, 11)],
              mod(x * 7919, 300),
              'reader ' || mod(x, 9973),
              date '2026-10-31' - mod(x * 31, 1500),
              array['Does what it says.', 'A bit smaller than I thought, but very well made.',
                    'Arrived late; the thing itself is fine.', 'Bought a second one for my mother.',
                    'Looks better than in the picture.', 'Broke after a week, the replacement holds.',
                    'Not worth the price.'][1 + mod(x, 7)]
            from system_range(?, ?)""";

    /**
     * Creates and fills the tables, unless they are there.
     *
     * @param progress is told from time to time how many reviews there are
     * @return false where the tables were there
     * @throws SQLException what the database says
     */
    public boolean createIn(DataSource database, IntConsumer progress) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (exists(connection)) {
                return false;
            }
            try (Statement tables = connection.createStatement()) {
                tables.execute(TABLES);
            }
            fillProducts(connection);
            fillReviews(connection, progress);
            return true;
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (var found = connection.getMetaData().getTables(null, null, "REVIEW", null)) {
            return found.next();
        }
    }

    private void fillProducts(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(PRODUCTS)) {
            insert.setInt(1, products);
            insert.executeUpdate();
        }
    }

    private void fillReviews(Connection connection, IntConsumer progress) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(REVIEWS)) {
            for (int from = 1; from <= reviews; from += ROWS_PER_COMMIT) {
                int to = Math.min(reviews, from + ROWS_PER_COMMIT - 1);
                insert.setInt(1, products);
                insert.setInt(2, reviews);
                insert.setInt(3, from);
                insert.setInt(4, to);
                insert.executeUpdate();
                progress.accept(to);
            }
        }
    }
}
