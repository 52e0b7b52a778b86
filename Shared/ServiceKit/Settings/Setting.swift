import Kafka

/// One setting: an environment variable, its default and what it means.
public struct Setting: Sendable, Hashable {
    /// `CASELOOP_PORT_BASE`.
    public let name: String
    /// Used when the variable is absent or empty; nil when there is none.
    public let standard: String?
    /// What it means, for `--help`.
    public let meaning: String

    private init(_ name: String, _ standard: String? = nil, _ meaning: String) {
        self.name = name
        self.standard = standard
        self.meaning = meaning
    }

    static let portBase = Setting(
        "CASELOOP_PORT_BASE", "8080",
        "首个端口;console +0, intake +1, triage +2, dispatch +3, supervision +4, revisit +5, feedback +6; 0 = any free port, see DATA/endpoints.json"
    )
    static let bind = Setting("CASELOOP_BIND", "127.0.0.1", "监听地址;0.0.0.0 in a container")
    static let data = Setting("CASELOOP_DATA", "data", "数据目录:stores, edge rows, endpoints.json")
    static let blobs = Setting("CASELOOP_BLOBS", nil, "照片目录(共享卷);default DATA/blobs")
    static let reference = Setting(
        "CASELOOP_REFERENCE", nil, "基础数据目录:places, units, catalogue, calendar; default: the shipped sample")
    static let partitions = Setting(
        "CASELOOP_PARTITIONS", "12", "reports, commands, cases 的分区数;fixed for the life of a deployment")
    static let publicKey = Setting(
        "CASELOOP_JWT_PUBLIC_KEY", nil, "校验工作人员令牌的公钥文件(PEM, ES256);without it staff endpoints are closed")
    static let instance = Setting(
        "CASELOOP_INSTANCE", nil, "本副本的名字;default <service>-<slot>; becomes group.instance.id")
    static let logLevel = Setting(
        "CASELOOP_LOG_LEVEL", "info", "日志级别:trace, debug, info, notice, warning, error, critical")
    static let diskBudget = Setting(
        "CASELOOP_DISK_BUDGET_MB", "1024", "未发出的受理数据最多占用的磁盘(MiB);beyond it the edge answers 503")
    static let receiptSecret = Setting(
        "CASELOOP_RECEIPT_SECRET_FILE", nil, "回执密钥文件,各副本相同;default DATA/secrets/receipt.key (intake, feedback)")
    static let sealingKey = Setting(
        "CASELOOP_SEALING_KEY_FILE", nil, "保险库公钥文件;default DATA/secrets/sealing.pem (intake, feedback)")
    static let masterKeys = Setting(
        "CASELOOP_MASTER_KEYS_FILE", nil, "保险库主密钥文件;default DATA/secrets/master-keys (console, revisit only)")
    static let drawKey = Setting(
        "CASELOOP_DRAW_KEY_FILE", nil, "实地抽查种子的密钥文件,各副本相同;default DATA/secrets/draw.key (revisit)")
    static let pointSecret = Setting(
        "CASELOOP_QR_SECRET_FILE", nil, "点位二维码签名密钥文件,各副本相同;default DATA/secrets/qr.key (feedback)")
    static let clock = Setting(
        "CASELOOP_CLOCK", "system", "时间来源:system, or steered by the topic `clock` (demo and tests only)")
    static let sourceLimits = Setting(
        "CASELOOP_SOURCE_LIMITS", "reference",
        "每个信息源每分钟的受理上限 (intake): reference = per_minute of channels.yaml, off, or a list such as hotline=6000,web=off"
    )
    static let consoleURL = Setting(
        "CASELOOP_CONSOLE_URL", nil,
        "浏览器访问工作台的地址,https://… (intake lets its pages post); default: same host, port base +0, or the proxy's name")
    static let intakeURL = Setting(
        "CASELOOP_INTAKE_URL", nil,
        "浏览器访问受理入口的地址 (console: where the report form posts); default: same host, port base +1, or the proxy's name")
    static let allowMissingInputs = Setting(
        "CASELOOP_ALLOW_MISSING_INPUTS", "no",
        "yes = 首次启动时允许 reports 的开头已被删除:a decider that never decided begins after what is gone")
    static let bootstrap = Setting(
        "KAFKA_BOOTSTRAP_SERVERS", KafkaSettings.standardServers, "Kafka 地址,host:port,逗号分隔")

    /// All of them, in the order `--help` prints.
    public static let all: [Setting] = [
        portBase, bind, data, blobs, reference, partitions, publicKey, instance, logLevel, diskBudget,
        receiptSecret, sealingKey, masterKeys, drawKey, pointSecret, clock, sourceLimits, consoleURL, intakeURL,
        allowMissingInputs, bootstrap,
    ]

    /// The text of `--help`.
    public static func help(service: String) -> String {
        let width = (all.map(\.name.count).max() ?? 0) + 2
        let lines = all.map { setting in
            let name = setting.name.padding(to: width)
            return "  \(name)\(setting.meaning)\n  \(String(repeating: " ", count: width))[\(setting.standard ?? "-")]"
        }
        return """
            \(service): a service of CaseLoop 闭环. It takes no arguments but --help and --version;
            all settings come from the environment:

            \(lines.joined(separator: "\n"))
              \("KAFKA_<OPTION>".padding(to: width))传给 librdkafka 的选项,e.g. KAFKA_SECURITY_PROTOCOL for security.protocol;
              \(String(repeating: " ", count: width))those that safety fixes (acks, idempotence, auto commit, …) are refused

            """
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
