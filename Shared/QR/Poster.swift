/// The sheet to print and hang up: A4, the code large enough to be scanned from a metre, the four acts in words.
public enum Poster {
    /// A whole page as SVG, 210 mm by 297 mm.
    /// - Parameters:
    ///   - place: where it hangs, in words.
    ///   - address: what the code says, printed below it for those who cannot scan.
    public static func svg(_ picture: QRPicture, place: String, address: String) -> String {
        let code = picture.svg(side: 110).replacing("<svg ", with: "<svg x=\"50\" y=\"88\" ", maxReplacements: 1)
            .replacing("width=\"110mm\" height=\"110mm\"", with: "width=\"110\" height=\"110\"", maxReplacements: 1)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" \
            font-family="Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif" text-anchor="middle">
            <rect width="210" height="297" fill="#fff"/>
            <text x="105" y="40" font-size="22" font-weight="700">扫码监督</text>
            <text x="105" y="56" font-size="9">上报事件 · 评价服务 · 反映问题 · 提出建议</text>
            <text x="105" y="76" font-size="8">\(escaped(place))</text>
            \(code)
            <text x="105" y="216" font-size="7">手机扫一扫,10 秒填完,凭回执号查办理进度</text>
            <text x="105" y="228" font-size="7">不要求实名,不公开姓名、原文和照片</text>
            <text x="105" y="246" font-size="5" fill="#333">紧急情况请拨打 110、119、120</text>
            <text x="105" y="280" font-size="4" fill="#333">\(escaped(address))</text>
            </svg>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
