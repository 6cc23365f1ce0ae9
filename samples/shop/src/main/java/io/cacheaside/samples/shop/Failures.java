package io.cacheaside.samples.shop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a customer is told when something does not work (RFC 9457). */
@RestControllerAdvice
class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    @ExceptionHandler
    ProblemDetail noSuchProduct(NoSuchProduct e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail badPrice(BadPrice e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ProblemDetail databaseFailed(RuntimeException e) {
        log.error("The database failed: {}", e.toString());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "The database does not answer. Try again in a moment.");
    }
}
