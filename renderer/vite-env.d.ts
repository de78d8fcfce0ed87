/** What vite gives to modules: styles and other files as imports. */
/// <reference types="vite/client" />
