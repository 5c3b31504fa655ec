/** Text to tokens, names and statements, exactly as PostgreSQL's scanner reads it. */
@NullMarked
package io.sallyport.policies.sql;

import org.jspecify.annotations.NullMarked;
