package io.sallyport.proxy.budget;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.rule.RowAction;

/**
 * What rows are summed by.
 *
 * @param table as a statement names it, or, where the server told it, with its schema
 */
public record Entry(TableName table, RowAction action) {}
