@main
struct Sailplan {
  static func main() {
    print("sailplan")
  }
}
