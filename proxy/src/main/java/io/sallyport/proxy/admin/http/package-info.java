/** Requests and answers of the admin server, apart from sockets. */
@NullMarked
package io.sallyport.proxy.admin.http;

import org.jspecify.annotations.NullMarked;
