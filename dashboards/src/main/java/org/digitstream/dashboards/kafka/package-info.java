/** The topics as the live page reads them: beside the services, without ever holding them up. */
package org.digitstream.dashboards.kafka;
