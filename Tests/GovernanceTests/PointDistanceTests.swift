import Foundation
import Governance
import Testing

@Suite("How far from a point its code was scanned (domain.md §5)")
struct PointDistanceTests {
    /// Of a window in the town.
    private static let window = GeoPoint(latitude: 35.2391, longitude: 113.4180)!

    @Test(
        "The distance along the sphere is the known one",
        arguments: [
            (0, 0, 0, 0, 0), (0, 0, 1, 0, 111_195.080), (0, 0, 0, 1, 111_195.080), (60, 0, 60, 1, 55_597.011),
            (0, 179.9995, 0, -179.9995, 111.195), (90, 0, -90, 0, 20_015_114.442), (0, 0, 0, 180, 20_015_114.442),
            (39.9075, 116.3972, 31.2304, 121.4737, 1_068_033.017),
        ] as [(Double, Double, Double, Double, Double)])
    func distances(_ north: Double, _ east: Double, _ north2: Double, _ east2: Double, _ metres: Double) throws {
        let one = try #require(GeoPoint(latitude: north, longitude: east))
        let other = try #require(GeoPoint(latitude: north2, longitude: east2))
        #expect(abs(one.distance(to: other) - metres) < 0.01)
        #expect(one.distance(to: other) == other.distance(to: one))
    }

    @Test(
        "Far is what lies beyond 500 m even by the phone's own accuracy, in kilometres rounded up; a vague phone vouches for nothing",
        arguments: [
            (35.2391, 0, .near), (35.2391, 500, .near), (35.2391, 501, .untold), (35.2435, 0, .near),
            (35.2437, 0, .far(kilometres: 1)), (35.2437, 10, .far(kilometres: 1)), (35.2437, 20, .near),
            (35.2660, 20, .far(kilometres: 3)), (35.2660, 2_400, .far(kilometres: 3)), (35.2660, 2_600, .untold),
            (36.2391, 100, .far(kilometres: 112)), (-90, 0, .far(kilometres: 13_926)),
        ] as [(Double, Double, PointDistance)])
    func classes(_ latitude: Double, _ accuracy: Double, _ wanted: PointDistance) throws {
        let phone = try #require(PhonePosition(latitude: latitude, longitude: 113.4180, accuracy: accuracy))
        #expect(PointDistance(of: phone, from: Self.window) == wanted)
    }

    @Test("Untold is a phone that said nothing, and a point that nobody measured")
    func untold() throws {
        let phone = try #require(PhonePosition(latitude: 0, longitude: 0, accuracy: 1))
        #expect(PointDistance(of: nil, from: Self.window) == .untold)
        #expect(PointDistance(of: phone, from: nil) == .untold)
    }

    @Test("On the wire 0 is near and nothing is untold; what nobody should write is read as near")
    func wire() {
        for distance in [PointDistance.near, .far(kilometres: 3), .untold] {
            #expect(PointDistance(kilometres: distance.kilometres) == distance)
        }
        #expect(PointDistance(kilometres: -4) == .near)
    }

    @Test(
        "What lies on no globe is no spot, and no phone measures it",
        arguments: [
            (90.1, 0, 1), (-90.1, 0, 1), (0, 180.1, 1), (0, -180.1, 1), (.nan, 0, 1), (0, .nan, 1), (.infinity, 0, 1),
            (0, 0, -1), (0, 0, .nan), (0, 0, .infinity),
        ] as [(Double, Double, Double)])
    func nowhere(_ latitude: Double, _ longitude: Double, _ accuracy: Double) {
        #expect(PhonePosition(latitude: latitude, longitude: longitude, accuracy: accuracy) == nil)
    }

    @Test(
        "A spot is written latitude first, however it was typed",
        arguments: [
            ("35.2391\u{FF0C}113.4180", "35.239100,113.418000"), (" 35.2391 , 113.4180 ", "35.239100,113.418000"),
            ("35.2391,113.4180", "35.239100,113.418000"), ("-0.0000005,-0.5", "-0.000001,-0.500000"),
            ("+90,-180", "90.000000,-180.000000"),
        ])
    func written(_ typed: String, _ text: String) throws {
        let point = try GeoPoint(parsing: typed)
        #expect(point.description == text && GeoPoint(text) == point)
        let json = try JSONEncoder().encode([point])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([GeoPoint].self, from: json) == [point])
    }

    @Test(
        "A spot that is none is refused with what is wrong and how to write it",
        arguments: [
            ("113.4180,35.2391", "location.latitude"), ("35,181", "location.longitude"), ("35.2391", "location.form"),
            ("nan,0", "location.form"), ("0x10,0", "location.form"), ("35,2391,113,4180", "location.form"),
            ("", "location.form"), ("北纬35,东经113", "location.form"), ("1e3,0", "location.form"),
        ])
    func refused(_ typed: String, _ rule: String) {
        #expect(GeoPoint(typed) == nil)
        do {
            _ = try GeoPoint(parsing: typed)
            Issue.record("\(typed) was taken")
        } catch {
            #expect(error.rule == rule && error.field == "location")
            #expect(error.fix.zh.contains("35.2391,113.4180"))
        }
    }
}
