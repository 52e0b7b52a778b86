import ArgumentParser
import Foundation
import Governance
import QR
import Vault

/// `caseloop qr`.
struct QRCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qr", abstract: "监督二维码:printed codes of places", subcommands: [Make.self, Read.self])

    /// What a code is written as.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case png, svg, poster
    }

    /// Which secret signs.
    struct Secret: ParsableArguments {
        @OptionGroup var stack: StackOptions
        @Option(help: "File with the points' secret; default: DATA/keys/qr.key, made when missing.") var key: String?

        /// The secret, made on the first use: a lost one makes every printed code a forged one.
        func load(orCreate: Bool) throws -> ReceiptSecret {
            let path = try key ?? StackKeys(data: try stack.dataFolder()).pointSecret
            if orCreate, !FileManager.default.fileExists(atPath: path) {
                try ReceiptSecret.random().create(path: path)
            }
            return try ReceiptSecret.load(path: path)
        }
    }

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "制作点位二维码:a signed code as PNG, SVG or an A4 poster")

        @Argument(help: "Place code of the point, 9 to 18 digits.") var place: String
        @Option(help: "Which of the place's points.") var serial = 1
        @Option(help: "Address that people's phones reach.") var base = "http://127.0.0.1:8086"
        @Option(help: "png, svg or poster.") var format = Format.poster
        @Option(help: "File to write; default: the code's name in this folder.") var output: String?
        @OptionGroup var secret: Secret

        func run() async throws {
            guard let code = PlaceCode(place), let point = QRPoint(place: code, serial: serial) else {
                throw ValidationError("a place has 9 to 18 digits, a serial is 1 to 9999: not \(place), \(serial)")
            }
            let reference = try Reference.sample
            let signed = try PointCode(point, secret: try secret.load(orCreate: true))
            let address = "\(base)/q/\(signed)"
            let picture = try QRPicture(address)
            let bytes: [UInt8] =
                switch format {
                case .png: try picture.png()
                case .svg: Array(picture.svg().utf8)
                case .poster:
                    Array(
                        Poster.svg(
                            picture, place: reference.places.fullName(of: code), address: address
                        ).utf8)
                }
            let name = output ?? "qr-\(point).\(format == .png ? "png" : "svg")"
            try Data(bytes).write(to: URL(filePath: name), options: .atomic)
            print("\(name): \(reference.places.fullName(of: code)) 点位 \(point.serial)\n\(address)")
        }
    }

    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "read", abstract: "识别照片中的点位码:which point it is and whether it is genuine; exit 1 if not")

        @Argument(help: "A photo, or the text of a code.") var photo: String
        @OptionGroup var secret: Secret

        func run() async throws {
            let texts = FileManager.default.fileExists(atPath: photo) ? try await CodeScanner.texts(in: photo) : [photo]
            guard !texts.isEmpty else { throw InputFault(place: photo, detail: "no code found in the photo") }
            let secret = try secret.load(orCreate: false)
            var genuine = true
            for text in texts {
                let (line, holds) = Self.verdict(text, secret)
                print(line)
                genuine = genuine && holds
            }
            if !genuine { throw ExitCode(1) }
        }

        /// What a scanned text is.
        static func verdict(_ text: String, _ secret: ReceiptSecret) -> (line: String, holds: Bool) {
            do {
                let point = try PointCode.read(text, secret: secret)
                return ("真码 genuine: point \(point)", true)
            } catch PointCode.Flaw.forged(let point) {
                return ("伪造 forged: it names point \(point), but the signature is not ours", false)
            } catch {
                return ("不是点位码 not a code of a point: \(text.prefix(100))", false)
            }
        }
    }
}
