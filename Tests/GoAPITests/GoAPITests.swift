import GoAPI
import Testing
