/** One Tomcat for the servlet contexts of all services. */
@NullMarked
package io.mediasaga.standalone.web;

import org.jspecify.annotations.NullMarked;
