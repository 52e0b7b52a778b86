/* The same two loops as the wrapper's, in plain C on librdkafka: what the wrapper is measured against.
 *   bench-kafka-c produce BOOTSTRAP TOPIC PARTITIONS RECORDS SIZE
 *   bench-kafka-c consume BOOTSTRAP TOPIC PARTITIONS RECORDS SIZE
 * Prints the seconds from the first record to the last acknowledgement (or the last record read). */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long acknowledged, failed;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char text[512];
    if (rd_kafka_conf_set(conf, name, value, text, sizeof(text)) != RD_KAFKA_CONF_OK) {
        fprintf(stderr, "%s\n", text);
        exit(2);
    }
}

static void report(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
    (void)client, (void)opaque;
    if (message->err) failed++;
    acknowledged++;
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
    char text[512];
    rd_kafka_t *made = rd_kafka_new(type, conf, text, sizeof(text));
    if (!made) {
        fprintf(stderr, "%s\n", text);
        exit(2);
    }
    return made;
}

static void send_one(rd_kafka_t *rk, rd_kafka_topic_t *topic, long n, int partitions, const char *value, size_t size) {
    char key[24];
    int key_size = snprintf(key, sizeof(key), "key-%ld", n);
    for (;;) {
        rd_kafka_error_t *error;
        rd_kafka_vu_t fields[] = {
            {.vtype = RD_KAFKA_VTYPE_RKT, .u = {.rkt = topic}},
            {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u = {.i = RD_KAFKA_MSG_F_COPY}},
            {.vtype = RD_KAFKA_VTYPE_PARTITION, .u = {.i32 = (int32_t)(n % partitions)}},
            {.vtype = RD_KAFKA_VTYPE_HEADER, .u = {.header = {"ce_id", key, key_size}}},
            {.vtype = RD_KAFKA_VTYPE_HEADER, .u = {.header = {"ce_type", "order.signed", 12}}},
            {.vtype = RD_KAFKA_VTYPE_KEY, .u = {.mem = {key, (size_t)key_size}}},
            {.vtype = RD_KAFKA_VTYPE_VALUE, .u = {.mem = {(void *)value, size}}},
        };
        error = rd_kafka_produceva(rk, fields, sizeof(fields) / sizeof(*fields));
        if (!error) return;
        rd_kafka_resp_err_t code = rd_kafka_error_code(error);
        rd_kafka_error_destroy(error);
        if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) exit(3);
        rd_kafka_poll(rk, 10);
    }
}

static double produce(const char *servers, const char *name, int partitions, long records, size_t size) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", servers);
    set(conf, "acks", "all");
    set(conf, "enable.idempotence", "true");
    set(conf, "partitioner", "murmur2_random");
    set(conf, "linger.ms", "1");
    set(conf, "message.timeout.ms", "30000");
    set(conf, "queue.buffering.max.messages", "100000");
    set(conf, "queue.buffering.max.kbytes", "65536");
    set(conf, "socket.nagle.disable", "true");
    rd_kafka_conf_set_dr_msg_cb(conf, report);
    rd_kafka_t *rk = client(RD_KAFKA_PRODUCER, conf);
    rd_kafka_topic_t *topic = rd_kafka_topic_new(rk, name, NULL);
    char *value = malloc(size);
    memset(value, 120, size);
    for (long n = 0; n < partitions; n++) send_one(rk, topic, n, partitions, value, size);
    while (acknowledged < partitions) rd_kafka_poll(rk, 100);
    acknowledged = 0;
    double began = now();
    for (long n = 0; n < records; n++) {
        send_one(rk, topic, n, partitions, value, size);
        if (n % 1000 == 0) rd_kafka_poll(rk, 0);
    }
    while (acknowledged < records) rd_kafka_poll(rk, 100);
    double took = now() - began;
    free(value);
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(rk);
    return failed ? -1 : took;
}

static double consume(const char *servers, const char *name, int partitions, long records) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", servers);
    set(conf, "enable.auto.commit", "false");
    set(conf, "auto.offset.reset", "error");
    set(conf, "fetch.wait.max.ms", "10");
    set(conf, "fetch.error.backoff.ms", "100");
    set(conf, "queued.min.messages", "1000000");
    set(conf, "queued.max.messages.kbytes", "16384");
    set(conf, "socket.nagle.disable", "true");
    set(conf, "log_level", "3");
    rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, conf);
    rd_kafka_topic_t *topic = rd_kafka_topic_new(rk, name, NULL);
    rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
    double began = now();
    for (int p = 0; p < partitions; p++) rd_kafka_consume_start_queue(topic, p, 0, queue);
    long seen = 0, bytes = 0, headers = 0;
    while (seen < records) {
        rd_kafka_message_t *message = rd_kafka_consume_queue(queue, 1000);
        if (!message) continue;
        if (!message->err) {
            rd_kafka_headers_t *list;
            seen++;
            bytes += (long)(message->len + message->key_len);
            if (!rd_kafka_message_headers(message, &list)) headers += (long)rd_kafka_header_cnt(list);
        }
        rd_kafka_message_destroy(message);
    }
    double took = now() - began;
    if (bytes == 0 || headers == 0) took = -1;
    for (int p = 0; p < partitions; p++) rd_kafka_consume_stop(topic, p);
    rd_kafka_queue_destroy(queue);
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(rk);
    return took;
}

int main(int count, char **words) {
    if (count != 7) {
        fprintf(stderr, "produce|consume BOOTSTRAP TOPIC PARTITIONS RECORDS SIZE\n");
        return 2;
    }
    int partitions = atoi(words[4]);
    long records = atol(words[5]);
    size_t size = (size_t)atol(words[6]);
    double took = strcmp(words[1], "produce") == 0 ? produce(words[2], words[3], partitions, records, size)
                                                   : consume(words[2], words[3], partitions, records);
    printf("%.6f\n", took);
    return took < 0;
}
