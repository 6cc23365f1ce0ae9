package io.cacheaside.samples.shop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The number of statements that this application has sent to its database. */
final class StatementCount implements BeanPostProcessor {

    private final LongAdder sent = new LongAdder();

    long sent() {
        return sent.sum();
    }

    /** Forgets what was sent so far. */
    void reset() {
        sent.reset();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new Counted(database) : bean;
    }

    private final class Counted extends DelegatingDataSource {

        Counted(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return counted(Connection.class, super.getConnection());
        }
    }

    private <T> T counted(Class<T> type, T target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        sent.increment();
                    }
                    try {
                        return countedStatement(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }

    private Object countedStatement(Object result) {
        if (result instanceof PreparedStatement prepared) {
            return counted(PreparedStatement.class, prepared);
        }
        return result instanceof Statement statement ? counted(Statement.class, statement) : result;
    }
}
