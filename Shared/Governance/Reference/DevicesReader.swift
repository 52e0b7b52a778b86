/// Reads devices.yaml.
struct DevicesReader {
    let sink: FaultSink
    let places: Places
    let units: Units
    let channels: Channels

    func read(_ row: YAMLRow?) -> Devices {
        guard let row else { return Devices([]) }
        row.allow(["valid_from", "devices"])
        let from = row.date("valid_from")
        var seen: [String: Int] = [:]
        var devices: [Device] = []
        for entry in row.rows("devices") {
            guard let device = device(entry, from: from) else { continue }
            if let first = seen[device.code] {
                entry.fault("code", "设备「\(device.code)」重复(另见第 \(first) 行)", fix: "编码不得重用,换一个新编码")
                continue
            }
            seen[device.code] = entry.line
            devices.append(device)
        }
        return Devices(devices)
    }

    private func device(_ row: YAMLRow, from: CivilDate?) -> Device? {
        row.allow([
            "code", "channel", "name", "place", "unit", "told", "enterprise", "hazard", "valid_from", "valid_to",
        ])
        let code = code(row)
        let channel = channel(row)
        let name = row.text("name", example: "液氯储罐气体探测器")
        if let name { refusePersonal(name, row, "name") }
        let place = place(row)
        let unit = row.text("unit", example: "410803-emergency").flatMap { row.unit($0, "unit", in: units) }
        let told = row.texts("told").compactMap { row.unit($0.text, "told", in: units) }
        let enterprise = row.optionalText("enterprise")
        let hazard = row.optionalText("hazard")
        if hazard != nil, enterprise == nil { row.fault("hazard", "重大危险源没有写企业", fix: "补上 enterprise: 企业名称") }
        let start = row.has("valid_from") ? row.date("valid_from") : from
        let end = row.has("valid_to") ? row.date("valid_to") : nil
        if let start, let end, end < start { row.fault("valid_to", "停用日期早于启用日期", fix: "改正两个日期之一") }
        guard let code, let channel, let name, let place, let unit, let start else { return nil }
        return Device(
            code: code, channel: channel, name: name, place: place, unit: unit, told: told, enterprise: enterprise,
            hazard: hazard, validFrom: start, validTo: end)
    }

    private func code(_ row: YAMLRow) -> String? {
        guard let text = row.text("code", example: "gas-0001") else { return nil }
        guard YAMLSlug(text) != nil, text.utf8.count <= Device.longestCode else {
            row.fault("code", "设备编码「\(text)」只能用小写字母、数字和连字符,至多 \(Device.longestCode) 个", fix: "例如 gas-0001")
            return nil
        }
        refusePersonal(text, row, "code")
        return text
    }

    /// Eleven digits in a row are a telephone or an id number: the register is open, the log for ever.
    private func refusePersonal(_ text: String, _ row: YAMLRow, _ key: String) {
        let longest = text.split { !("0"..."9").contains($0) }.map(\.count).max() ?? 0
        guard longest >= 11 else { return }
        row.fault(key, "「\(text)」像是电话或证件号", fix: "换成不含个人信息的编码或名称,个人信息存保密库")
    }

    private func channel(_ row: YAMLRow) -> String? {
        guard let text = row.text("channel", example: "sensor") else { return nil }
        guard let channel = channels[text] else {
            row.fault("channel", "信息源「\(text)」不在 channels.yaml", fix: "补上该信息源,或改正编码")
            return nil
        }
        guard channel.kind == .sensor else {
            row.fault("channel", "信息源「\(text)」是\(channel.kind.title),不是感知设备", fix: "改为类别是「感知」的信息源")
            return nil
        }
        return text
    }

    private func place(_ row: YAMLRow) -> PlaceCode? {
        guard let text = row.text("place", example: "\"410803001004\"") else { return nil }
        guard let code = PlaceCode(text) else {
            row.fault("place", "「\(text)」不是区划编码", fix: "写成 9、12、15 或 18 位数字,加引号")
            return nil
        }
        guard HomeKey(township: code) != nil else {
            row.fault("place", "\(code) 没有细到乡镇(街道)", fix: "写成 9 位或更长的区划编码:报警要有地方可派")
            return nil
        }
        guard places[code] != nil else {
            row.fault("place", "区划 \(code) 不在 places.yaml", fix: "补上该区划,或改正编码")
            return nil
        }
        return code
    }
}
