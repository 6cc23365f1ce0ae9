package io.cacheaside.aspect.warm;

import io.cacheaside.error.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call a row; a row whose values are no arguments is skipped. */
final class QuerySource implements WarmSource {

    private static final Logger LOG = LoggerFactory.getLogger(QuerySource.class);
    private static final int ROWS_PER_FETCH = 1_000;

    /** SQL states of statements that are wrong, not of a database that is in trouble. */
    private static final String SYNTAX_OR_ACCESS = "42";

    private final WarmCall call;
    private final DataSource dataSource;
    private final String sql;

    QuerySource(WarmCall call, DataSource dataSource, String sql) {
        this.call = call;
        this.dataSource = dataSource;
        this.sql = sql;
    }

    @Override
    public void check() {
        String refusal = call.refusal();
        if (refusal != null) {
            throw new ConfigurationException("query = " + sql + ": " + refusal);
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            check(statement.getMetaData());
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(SYNTAX_OR_ACCESS)) {
                throw new ConfigurationException("query = " + sql + ": " + e.getMessage());
            }
            LOG.warn("'{}', which the cache is to be warmed by, could not be checked", sql, e);
        }
    }

    /** A driver that does not know before it has asked says null. */
    private void check(@Nullable ResultSetMetaData columns) throws SQLException {
        if (columns == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        if (names.size() != call.parameters().size()) {
            throw new ConfigurationException("query = " + sql + " has " + names.size() + " columns ("
                    + names.stream().collect(Collectors.joining(", ")) + "), and " + call.where() + " has "
                    + call.parameters().size() + " parameters");
        }
        for (int i = 0; i < names.size(); i++) {
            String type = columns.getColumnClassName(i + 1);
            if (!ColumnValue.fits(type, call.parameters().get(i))) {
                throw new ConfigurationException("query = " + sql + ": column " + names.get(i) + " is of type " + type
                        + ", which is no " + call.parameters().get(i).getSimpleName() + " (" + call.parameter(i) + ")");
            }
        }
    }

    @Override
    public void read(Calls calls) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout((int) Math.max(1, calls.remaining().toSeconds()));
            statement.setFetchSize(ROWS_PER_FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                for (int number = 1; rows.next(); number++) {
                    if (!add(rows, number, calls)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean add(ResultSet row, int number, Calls calls) throws SQLException {
        @Nullable Object[] arguments = new @Nullable Object[call.parameters().size()];
        for (int i = 0; i < arguments.length; i++) {
            Object value = row.getObject(i + 1);
            try {
                if (value == null) {
                    call.requireNullable(i);
                } else {
                    arguments[i] = ColumnValue.as(value, call.parameters().get(i));
                }
            } catch (IllegalArgumentException e) {
                calls.skip("query = " + sql + ", row " + number + ": " + e.getMessage());
                return true;
            }
        }
        return calls.add(call, arguments);
    }
}
