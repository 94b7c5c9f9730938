/** What each service has to be allowed at brokers that ask who is there. */
package org.digitstream.standalone.rights;
