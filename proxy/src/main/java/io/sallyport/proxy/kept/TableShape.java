package io.sallyport.proxy.kept;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.proxy.safety.KeptTable;
import java.util.List;
import java.util.Set;

/**
 * What the server's catalog says of a table.
 *
 * @param root the topmost table that it is a partition of; itself where it is none
 * @param tree itself and its partitions, as {@code schema.name}
 * @param types of its columns, as SQL writes them
 * @param key columns that tell one row from all others; empty where there are none
 * @param fingerprint of its columns
 */
public record TableShape(
        long oid,
        TableName name,
        TableName root,
        Set<String> tree,
        List<KeptTable.Column> columns,
        List<String> types,
        List<String> key,
        String fingerprint) {}
